import { DeadEnd } from "@/app/_ui/notices/dead-end";

/** In place of a page whose address names a facility or zone that does not exist. */
export function Nowhere({ detail, path }: { detail: string; path: string }) {
  return (
    <DeadEnd title="No such place" way={{ path, label: "Show all facilities" }}>
      <p>{detail} It may have been deleted, or lie beyond your access.</p>
    </DeadEnd>
  );
}
