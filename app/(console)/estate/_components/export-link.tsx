import { Button } from "@mantine/core";

/** Downloads a list as a file. */
export function ExportLink({ href }: { href: string }) {
  return (
    <Button component="a" variant="default" c="bright" href={href} download>
      Export CSV
    </Button>
  );
}
