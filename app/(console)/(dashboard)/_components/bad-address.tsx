import Link from "next/link";
import { Notice } from "@/app/_ui/notice";
import type { RefusedParameter } from "../dashboard-view";

type BadAddressProps = { refused: RefusedParameter; given: string; reason: string };

const WAY_OUT: Record<RefusedParameter, string> = {
  date: "Show today",
  facility: "Show all facilities",
  zone: "Show all zones",
};

/** The address names a date or a part of the estate that does not exist. */
export function BadAddress({ refused, given, reason }: BadAddressProps) {
  const shortened = given.length > 60 ? `${given.slice(0, 60)}…` : given;
  return (
    <Notice title={`No such ${refused}`}>
      <p>
        {refused === "date" ? "Can’t show the date " : `No ${refused} with the ID or code `}
        <q style={{ overflowWrap: "anywhere" }}>{shortened}</q>
        {refused === "date" ? `. ${reason}` : "."}
      </p>
      <p>
        <Link href="/" prefetch={false}>
          {WAY_OUT[refused]}
        </Link>
      </p>
    </Notice>
  );
}
