import Link from "next/link";
import { Notice } from "@/app/_ui/notice";

export default function NotFound() {
  return (
    <main>
      <Notice title="There is no such page">
        <p>The address may be mistyped, or what it showed is gone.</p>
        <p>
          <Link href="/">Go to the dashboard</Link>
        </p>
      </Notice>
    </main>
  );
}
