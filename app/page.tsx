export default function Page() {
  return <main>Smart Parking</main>;
}
