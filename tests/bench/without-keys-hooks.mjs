/** @type {import("node:module").ResolveHook} */
export function resolve(specifier, context, next) {
  const isGateway = context.parentURL?.includes("/lib/gateway/gateway.ts");
  const isAdmission = specifier === "@/lib/server/auth/admit";
  return next(isGateway && isAdmission ? "@/tests/bench/admit-everybody" : specifier, context);
}
