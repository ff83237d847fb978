import { sayBesideResult } from "./console.mjs";
import { loadEnvFiles, migrate, openDatabase } from "./database.mjs";
import { prepare } from "./prepare.mjs";
import { loadTypeScript } from "./typescript.mjs";

/**
 * A command of the shell that works on the database, whether or not a server runs: what it finds out
 * is all that it prints on standard output.
 * @param {string} file exports `run(args)`, which returns an exit code
 */
export function databaseCommand(file) {
  /** @param {import("./main.mjs").Context} context */
  return async (context) => {
    const { root, args, signal } = context;
    sayBesideResult();
    process.chdir(root);
    await prepare(root, { withBuild: false, signal });
    signal.throwIfAborted();
    await loadEnvFiles(root, false);
    const load = await loadTypeScript(root);
    const command = await load(file);
    const databaseUrl = await openDatabase(context, load, { supervised: false });
    await migrate(load, databaseUrl);
    process.env.DATABASE_URL = databaseUrl;
    return command.run(args);
  };
}
