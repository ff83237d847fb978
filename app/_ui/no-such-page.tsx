import { Notice } from "./notice";

/** In place of a page that does not exist. */
export function NoSuchPage() {
  return (
    <Notice title="No such page" way={{ path: "/", label: "Go to the dashboard" }}>
      <p>Check the address. The page may have been removed.</p>
    </Notice>
  );
}
