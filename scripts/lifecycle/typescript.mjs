import path from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Lets this process import the project's TypeScript. Only after the dependencies are installed.
 * @param {string} root
 * @returns {Promise<(file: string) => Promise<any>>} imports a file of the project
 */
export async function loadTypeScript(root) {
  // From the project's own modules; a static import would fail before they are installed.
  const { register } = await import("tsx/esm/api");
  register({ tsconfig: path.join(root, "tsconfig.json") });
  return (file) => import(pathToFileURL(path.join(root, file)).href);
}
