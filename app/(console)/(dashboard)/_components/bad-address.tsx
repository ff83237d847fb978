import type { Nowhere } from "@/app/_session/page-frame";
import { DeadEnd } from "@/app/_ui/notices/dead-end";
import { Given, NoSuchPlace } from "@/app/_ui/notices/no-such-place";

/** The address names a date or a part of the estate that does not exist. */
export function BadAddress({ name, given, detail }: Nowhere) {
  if (name !== "date") {
    const way = { path: "/", label: name === "zone" ? "Show all zones" : "Show all facilities" };
    return <NoSuchPlace noun={name} given={given} way={way} />;
  }
  return (
    <DeadEnd title="No such date" way={{ path: "/", label: "Show today" }}>
      <p>
        Can’t show the date <Given text={given} />. {detail}
      </p>
    </DeadEnd>
  );
}
