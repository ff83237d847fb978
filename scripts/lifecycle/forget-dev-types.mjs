import { rmSync } from "node:fs";

// Route types that an earlier `npm run dev` left behind speak of routes that may be gone.
rmSync(new URL("../../.next/dev/types", import.meta.url), { recursive: true, force: true });
