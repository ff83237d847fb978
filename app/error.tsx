"use client";

import { PageError } from "@/app/_ui/notices/page-error";

export default function RootError(props: { error: unknown; retry: () => void }) {
  return (
    <main>
      <PageError {...props} />
    </main>
  );
}
