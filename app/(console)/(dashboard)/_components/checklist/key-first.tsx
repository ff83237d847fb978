import Link from "next/link";
import { CodeBlock } from "@/app/_ui/code-block";
import type { Scope } from "@/lib/domain/access/access";

const listed = new Intl.ListFormat("en-GB");

/** What comes before commands that are shown to be pasted: they send `$KEY`. */
export function KeyFirst({ scopes }: { scopes: Scope[] }) {
  return (
    <>
      <p>
        The commands here send a key. Make one first on the{" "}
        <Link href="/keys" prefetch={false}>
          Keys page
        </Link>
        , with the {scopes.length === 1 ? "scope" : "scopes"} {listed.format(scopes)}, and set it in
        your shell:
      </p>
      <CodeBlock label="Set the key">KEY=sp_…</CodeBlock>
    </>
  );
}
