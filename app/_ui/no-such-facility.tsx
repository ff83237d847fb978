import Link from "next/link";
import { Notice } from "./notice";

type NoSuchFacilityProps = {
  /** What the address says. */
  given: string;
  /** The page for all facilities. */
  path: string;
};

/** The address names a facility that does not exist, or not for the viewer. */
export function NoSuchFacility({ given, path }: NoSuchFacilityProps) {
  const shortened = given.length > 60 ? `${given.slice(0, 60)}…` : given;
  return (
    <Notice title="No such facility">
      <p>
        No facility with the ID or code <q style={{ overflowWrap: "anywhere" }}>{shortened}</q>.
      </p>
      <p>
        <Link href={path} prefetch={false}>
          Show all facilities
        </Link>
      </p>
    </Notice>
  );
}
