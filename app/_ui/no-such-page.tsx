import Link from "next/link";
import { Notice } from "./notice";

/** In place of a page that does not exist. */
export function NoSuchPage() {
  return (
    <Notice title="No such page">
      <p>Check the address. The page may have been removed.</p>
      <p>
        <Link href="/">Go to the dashboard</Link>
      </p>
    </Notice>
  );
}
