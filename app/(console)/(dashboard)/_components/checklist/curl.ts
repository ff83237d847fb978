/** Stands in a body for the time when it is sent, which the shell fills in. */
export const NOW = "the time when it is sent";

/**
 * A command that posts JSON to this server with the key in `$KEY`, a line to each part so that it
 * fits a phone.
 */
export function curlPost(origin: string, path: string, body: object): string {
  return [
    `curl -X POST ${origin}${path}`,
    '-H "Authorization: Bearer $KEY"',
    "-H 'Content-Type: application/json'",
    `-d '${JSON.stringify(body).replaceAll("'", "'\\''").replace(NOW, "'$(date -u +%FT%TZ)'")}'`,
  ].join(" \\\n  ");
}
