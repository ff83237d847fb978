const EVERYBODY = new URL("./admit-everybody.ts", import.meta.url).href;

/** @type {import("node:module").ResolveHook} */
export function resolve(specifier, context, next) {
  const isGateway = context.parentURL?.includes("/lib/gateway/gateway.ts");
  const isAdmission = /\/lib\/server\/auth\/admit(\.ts)?($|\?)/.test(specifier);
  return next(isGateway && isAdmission ? EVERYBODY : specifier, context);
}
