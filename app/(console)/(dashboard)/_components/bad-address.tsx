import Link from "next/link";
import { Notice } from "@/app/_ui/notice";

type BadAddressProps = { refused: "date" | "facility"; given: string; reason: string };

/** The address names a date or facility that does not exist. */
export function BadAddress({ refused, given, reason }: BadAddressProps) {
  const shortened = given.length > 60 ? `${given.slice(0, 60)}…` : given;
  return (
    <Notice title={refused === "date" ? "There is no such date" : "There is no such facility"}>
      <p>
        <q style={{ overflowWrap: "anywhere" }}>{shortened}</q>
        {refused === "date" ? ` is no date that can be shown. ${reason}` : " names none."}
      </p>
      <p>
        <Link href="/" prefetch={false}>
          {refused === "date" ? "Show today" : "Show all facilities"}
        </Link>
      </p>
    </Notice>
  );
}
