import Link from "next/link";
import { Notice, type NoticeProps } from "./notice";

type DeadEndProps = NoticeProps & {
  /** Where to go instead. */
  way: { path: string; label: string };
};

/** A notice with a way out. Apart from the others: error pages need not fetch what links take. */
export function DeadEnd({ way, children, ...notice }: DeadEndProps) {
  return (
    <Notice {...notice}>
      {children}
      <p>
        <Link href={way.path} prefetch={false}>
          {way.label}
        </Link>
      </p>
    </Notice>
  );
}
