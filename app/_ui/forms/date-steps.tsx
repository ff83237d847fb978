import { ActionIcon } from "@mantine/core";
import { Icon } from "../icons";
import { DateField, type DateFieldProps } from "./date-field";
import classes from "./date-steps.module.css";

type StepProps = { label: string; disabled?: boolean; onStep: () => void };

/** To the dates before those in view, or to the ones that follow. */
export function Step({ way, label, disabled, onStep }: StepProps & { way: "left" | "right" }) {
  return (
    <ActionIcon variant="default" size={36} aria-label={label} disabled={disabled} onClick={onStep}>
      <Icon name={way} />
    </ActionIcon>
  );
}

type DateStepsProps = Pick<DateFieldProps, "label" | "value" | "earliest" | "latest"> & {
  legend: string;
  previous: StepProps;
  next: StepProps;
  onDate: (date: string) => void;
  /** Whether the buttons may go below the date on a phone. */
  wrap?: boolean;
  /** Buttons to dates that are asked for often. */
  children: React.ReactNode;
};

/** Which date is in view, with the steps to those beside it. */
export function DateSteps(props: DateStepsProps) {
  const { legend, previous, next, onDate, wrap, children, ...field } = props;
  return (
    <fieldset className={classes.steps} data-wrap={wrap || undefined}>
      <legend className={classes.legend}>{legend}</legend>
      <Step way="left" {...previous} />
      <DateField
        {...field}
        labelHidden
        className={classes.date}
        onChange={(date) => {
          if (date !== null) onDate(date);
        }}
      />
      <Step way="right" {...next} />
      {children}
    </fieldset>
  );
}
