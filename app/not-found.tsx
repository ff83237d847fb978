import { NoSuchPage } from "@/app/_ui/no-such-place";

export default function NotFound() {
  return (
    <main>
      <NoSuchPage />
    </main>
  );
}
