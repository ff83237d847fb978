import Link from "next/link";
import { Notice } from "@/app/_ui/notice";

/** In place of a page whose address names a facility or zone that does not exist. */
export function Nowhere({ detail, path }: { detail: string; path: string }) {
  return (
    <Notice title="No such place">
      <p>{detail} It may have been deleted, or lie beyond your access.</p>
      <p>
        <Link href={path} prefetch={false}>
          Show all facilities
        </Link>
      </p>
    </Notice>
  );
}
