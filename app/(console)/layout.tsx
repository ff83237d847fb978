import Link from "next/link";
import { ColorSchemeToggle } from "@/app/_ui/color-scheme-toggle";
import classes from "./layout.module.css";

export default function ConsoleLayout({ children }: { children: React.ReactNode }) {
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <header className={classes.header}>
        <div className={classes.bar}>
          <Link href="/" className={classes.brand} prefetch={false}>
            <span className={classes.mark} aria-hidden="true">
              P
            </span>
            Smart Parking
          </Link>
          <ColorSchemeToggle />
        </div>
      </header>
      <main id="main" className={classes.main}>
        {children}
      </main>
    </>
  );
}
