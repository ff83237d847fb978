import { Radio, Stack } from "@mantine/core";
import { counted } from "@/app/_ui/words/figures";
import type { MadeKey } from "@/lib/server/keys/keys-made-by";
import classes from "./keys-of-user.module.css";

/** What becomes of the keys of a user who is disabled. */
export type KeyChoice = "revoke" | "keep";

type KeysOfUserProps = {
  keys: MadeKey[];
  choice: KeyChoice | null;
  onChoose: (choice: KeyChoice) => void;
  /** Whether an answer is missing. */
  undecided: boolean;
};

/** Names the keys that a user made, and asks whether they go on working. */
export function KeysOfUser({ keys, choice, onChoose, undecided }: KeysOfUserProps) {
  return (
    <>
      <p>{counted(keys.length, "key")} created by this user or with their keys still work:</p>
      <ul className={classes.keys}>
        {keys.map(({ id, name, scopes, by_key }) => (
          <li key={id}>
            <strong>{name}</strong> ({scopes.join(", ")}){by_key ? ", created with a key" : null}
          </li>
        ))}
      </ul>
      <Radio.Group
        label="What should happen to these keys?"
        value={choice}
        onChange={(chosen) => onChoose(chosen as KeyChoice)}
        error={undecided ? "Choose one." : undefined}
      >
        <Stack gap={8} my={8}>
          <Radio
            value="revoke"
            label="Revoke them"
            description="Devices and scripts that use them stop working at once. You can't undo this."
          />
          <Radio
            value="keep"
            label="Keep them"
            description="They go on working until someone revokes them."
          />
        </Stack>
      </Radio.Group>
    </>
  );
}
