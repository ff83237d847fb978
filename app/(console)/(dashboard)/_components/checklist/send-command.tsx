import { CodeBlock } from "@/app/_ui/code-block";
import { curlPost, NOW } from "./curl";
import { KeyFirst } from "./key-first";
import { StepDialog } from "./step-dialog";

type SendCommandProps = { origin: string; deviceCode: string };

/** How to send a reading by hand, before a device does. */
export function SendCommand({ origin, deviceCode }: SendCommandProps) {
  const reading = { device_code: deviceCode, timestamp: NOW, voltage: 230, current: 1.5 };
  return (
    <StepDialog action="Show command" title="Send a reading from a shell">
      <KeyFirst scopes={["ingest"]} />
      <CodeBlock label="Send a reading">{curlPost(origin, "/api/telemetry", reading)}</CodeBlock>
    </StepDialog>
  );
}
