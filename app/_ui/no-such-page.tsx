import Link from "next/link";
import { Notice } from "./notice";

/** In place of a page that does not exist. */
export function NoSuchPage() {
  return (
    <Notice title="There is no such page">
      <p>The address may be mistyped, or what it showed is gone.</p>
      <p>
        <Link href="/">Go to the dashboard</Link>
      </p>
    </Notice>
  );
}
