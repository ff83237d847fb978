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
    <Notice title={`There is no such ${refused}`}>
      <p>
        <q style={{ overflowWrap: "anywhere" }}>{shortened}</q>
        {refused === "date" ? ` is no date that can be shown. ${reason}` : " names none."}
      </p>
      <p>
        <Link href="/" prefetch={false}>
          {WAY_OUT[refused]}
        </Link>
      </p>
    </Notice>
  );
}
