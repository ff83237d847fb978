import { sendBulks } from "./bulk-load";

// A process of its own, told by its first argument what to send; its last line says what became of it.
const result = await sendBulks(JSON.parse(process.argv[2]!), () => console.log("begun"));
console.log(JSON.stringify(result));
