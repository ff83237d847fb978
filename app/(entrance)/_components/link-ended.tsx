import Link from "next/link";
import { Card } from "./card";

/** For a link of an invitation that does not hold, for whatever reason. */
export function LinkEnded() {
  return (
    <Card
      role="alert"
      title="This link has expired or was already used"
      intro="A link works once, for seven days, and a newer link replaces it. Ask an administrator for a new one."
    >
      <Link href="/sign-in" prefetch={false}>
        Go to sign-in
      </Link>
    </Card>
  );
}
