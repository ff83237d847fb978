import records from "@/app/_ui/tables/records.module.css";
import { LIMITS, limitInWords, type OwnLimits } from "./limits";

/** The rule limits that something sets itself, in words. */
export function OwnLimitsText({ limits }: { limits: OwnLimits }) {
  const own = LIMITS.filter(({ name }) => limits[name] !== null);
  if (own.length === 0) return <span className={records.quiet}>All inherited</span>;
  return own.map(({ name, label, unit }) => (
    <span key={name} style={{ display: "block" }}>
      {label} {limitInWords(limits[name] ?? 0, unit)}
    </span>
  ));
}
