import type { KeyboardEvent } from "react";

const STEPS: Record<string, [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Moves the focus with the arrows; sideways only from the end of what is typed. */
export function moveBetweenCells(event: KeyboardEvent<HTMLInputElement>): void {
  const step = STEPS[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const input = event.currentTarget;
  const { selectionStart, selectionEnd, value } = input;
  const wholeChosen = selectionStart === 0 && selectionEnd === value.length;
  if (step[1] === -1 && !wholeChosen && selectionEnd !== 0) return;
  if (step[1] === 1 && !wholeChosen && selectionStart !== value.length) return;
  const row = Number(input.dataset.row) + step[0];
  const column = Number(input.dataset.column) + step[1];
  const next = input
    .closest("tbody")
    ?.querySelector<HTMLInputElement>(`input[data-row="${row}"][data-column="${column}"]`);
  if (!next) return;
  event.preventDefault();
  next.focus();
}
