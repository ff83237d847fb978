import Link from "next/link";

/** What to do where there is no device yet. */
export function NoDevices({ mayWrite, hasZone }: { mayWrite: boolean; hasZone: boolean }) {
  if (!mayWrite) return "No devices yet.";
  if (hasZone) return "No devices yet. Create one with “New device”, or import a CSV file.";
  return (
    <>
      No devices yet, and no zone to put one in.{" "}
      <Link href="/estate/zones" prefetch={false}>
        Create a zone first
      </Link>
      , or import a list that names facilities and zones.
    </>
  );
}
