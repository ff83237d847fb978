import Link from "next/link";
import { figure } from "@/app/_ui/words/figures";

type CountLinkProps = {
  count: number;
  /** What is counted, as the list behind it would be called: "free bays of zone A". */
  of: string;
  /** The list of what is counted; null where there is none, or not for anyone who looks. */
  href: string | null;
};

/** A count that leads to the list of what it counts; nothing to see is no link. */
export function CountLink({ count, of, href }: CountLinkProps) {
  if (href === null || count === 0) return figure(count);
  return (
    <Link href={href} prefetch={false} aria-label={`${figure(count)} ${of}`}>
      {figure(count)}
    </Link>
  );
}
