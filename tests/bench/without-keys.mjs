import { register } from "node:module";

// In this process the gateway lets everybody through: what checking keys costs is the difference.
register("./without-keys-hooks.mjs", import.meta.url);
