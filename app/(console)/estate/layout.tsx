import { EstateNavigation } from "./_components/estate-navigation";

/** The frame of the estate's pages: the way from one to the other. */
export default function EstateLayout({ children }: { children: React.ReactNode }) {
  return (
    <>
      <EstateNavigation />
      {children}
    </>
  );
}
