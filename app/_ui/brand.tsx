import Link from "next/link";
import classes from "./brand.module.css";

/** The product's name, which leads to its start page. */
export function Brand() {
  return (
    <Link href="/" className={classes.brand} prefetch={false}>
      <span className={classes.mark} aria-hidden="true">
        P
      </span>
      Smart Parking
    </Link>
  );
}
