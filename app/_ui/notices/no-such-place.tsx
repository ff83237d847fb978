import { DeadEnd } from "./dead-end";

const LONGEST = 60;

/** What an address says, as long as it fits a sentence. */
export function Given({ text }: { text: string }) {
  const shortened = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return <q style={{ overflowWrap: "anywhere" }}>{shortened}</q>;
}

type NoSuchPlaceProps = {
  noun: string;
  /** What the address says. */
  given: string;
  /** Among what it was looked for, after the text. */
  among?: string;
  /** The page for all places. */
  way: { path: string; label: string };
};

/** The address names a part of the estate that does not exist, or not for the viewer. */
export function NoSuchPlace({ noun, given, among = "", way }: NoSuchPlaceProps) {
  return (
    <DeadEnd title={`No such ${noun}`} way={way}>
      <p>
        No {noun} with the ID or code <Given text={given} />
        {among}.
      </p>
    </DeadEnd>
  );
}

/** An address names something that is gone, or was never there for the viewer. */
export function NoSuchThing({ noun, way }: Pick<NoSuchPlaceProps, "noun" | "way">) {
  return (
    <DeadEnd title={`No such ${noun}`} way={way}>
      <p>It may have been deleted, or it belongs to a facility that you don't see.</p>
    </DeadEnd>
  );
}

/** In place of a page that does not exist. */
export function NoSuchPage() {
  return (
    <DeadEnd title="No such page" way={{ path: "/", label: "Go to the dashboard" }}>
      <p>Check the address. The page may have been removed.</p>
    </DeadEnd>
  );
}
