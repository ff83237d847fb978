const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  },
  {
    key: "Content-Security-Policy",
    value: [
      "default-src 'self'",
      // Next streams its page data in inline scripts; a nonce for them needs a rendered-per-request policy.
      `script-src 'self' 'unsafe-inline'${process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : ""}`,
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self' data:",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join("; "),
  },
];

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  // Devices do not follow redirects: a path with a trailing slash is served as it is.
  skipTrailingSlashRedirect: true,
  // Types are checked by `npm run verify`; a build on a fresh machine need not repeat it.
  typescript: { ignoreBuildErrors: true },
  // Shared with the gateway that runs in the same process, so loaded from node_modules, not bundled twice.
  serverExternalPackages: ["postgres", "pino", "papaparse"],
  experimental: { optimizePackageImports: ["@mantine/core", "@mantine/dates", "@mantine/hooks"] },
  async headers() {
    return [{ source: "/:path*", headers: securityHeaders }];
  },
};
