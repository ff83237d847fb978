import { NoSuchPage } from "@/app/_ui/no-such-page";

export default function NotFound() {
  return (
    <main>
      <NoSuchPage />
    </main>
  );
}
