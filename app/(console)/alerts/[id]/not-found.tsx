import Link from "next/link";
import { Notice } from "@/app/_ui/notice";

export default function AlertNotFound() {
  return (
    <Notice title="No such alert">
      <p>It may have been deleted, or it belongs to a facility that you don't see.</p>
      <p>
        <Link href="/alerts" prefetch={false}>
          Go to the alerts
        </Link>
      </p>
    </Notice>
  );
}
