import Link from "next/link";
import { Notice } from "@/app/_ui/notice";

export default function DeviceNotFound() {
  return (
    <Notice title="No such device">
      <p>It may have been deleted, or it belongs to a facility that you don't see.</p>
      <p>
        <Link href="/" prefetch={false}>
          Go to the dashboard
        </Link>
      </p>
    </Notice>
  );
}
