import { Brand } from "@/app/_ui/brand";
import { ColorSchemeToggle } from "@/app/_ui/color-scheme-toggle";
import classes from "./layout.module.css";

/** The frame of the pages that anybody may open. */
export default function EntranceLayout({ children }: { children: React.ReactNode }) {
  return (
    <>
      <header className={classes.bar}>
        <Brand />
        <ColorSchemeToggle />
      </header>
      <main className={classes.main}>{children}</main>
    </>
  );
}
