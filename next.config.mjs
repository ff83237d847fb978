const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  },
];

/**
 * Each page's policy names a nonce that lib/gateway/content-policy.ts makes for it. Where Next runs
 * without that server nobody makes one, and Next's inline scripts could not run without this.
 */
const POLICY_WITHOUT_NONCE =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  // Devices do not follow redirects: a path with a trailing slash is served as it is.
  skipTrailingSlashRedirect: true,
  // Types are checked by `npm run verify`; a build on a fresh machine need not repeat it.
  typescript: { ignoreBuildErrors: true },
  // Shared with the gateway that runs in the same process, so loaded from node_modules, not bundled twice.
  serverExternalPackages: [
    "postgres",
    "pino",
    "papaparse",
    "@node-rs/argon2",
    "@zxcvbn-ts/core",
    "@zxcvbn-ts/language-common",
  ],
  experimental: {
    authInterrupts: true,
    // A click while the server is away waits for it, instead of ending in the browser's error page.
    useOffline: true,
    optimizePackageImports: ["@mantine/core", "@mantine/hooks"],
  },
  // No page shows pictures that would be resized, so that /_next/image need not exist.
  images: { unoptimized: true },
  // Asked for by browsers where a page names no icon, as pages that come with status 403 or 404.
  async rewrites() {
    return [{ source: "/favicon.ico", destination: "/icon.svg" }];
  },
  async headers() {
    return [
      { source: "/:path*", headers: securityHeaders },
      {
        source: "/:path*",
        missing: [{ type: "header", key: "x-nonce" }],
        headers: [{ key: "Content-Security-Policy", value: POLICY_WITHOUT_NONCE }],
      },
    ];
  },
};
