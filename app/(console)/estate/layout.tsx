import { SubNavigation } from "@/app/_ui/addresses/sub-navigation";
import { ESTATE } from "../_components/pages";

/** The frame of the estate's pages: the way from one to the other. */
export default function EstateLayout({ children }: { children: React.ReactNode }) {
  return (
    <>
      <SubNavigation label="Facilities" pages={ESTATE} keep={["facility"]} />
      {children}
    </>
  );
}
