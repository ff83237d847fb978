"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";

type EarlyKeys = {
  text: string;
  setText: (text: string) => void;
  /** Whether Enter was pressed before there was anything to hear it. */
  entered: boolean;
  /** Enter was heard. */
  onEntered: () => void;
  /** From now on keys are taken, as what asks for them is on its way. */
  take: () => void;
  /** What asks for the keys hears them itself, or will not come. */
  stop: () => void;
};

/**
 * Takes the keys that are pressed while a text field is still on its way: they become its text,
 * instead of going to whatever has the focus.
 * @param onEscape gives up waiting
 */
export function useEarlyKeys(onEscape: () => void): EarlyKeys {
  const [text, setText] = useState("");
  const [entered, setEntered] = useState(false);
  // Read by a listener that must not miss a key: it can't wait for the next rendering.
  const taking = useRef(false);
  const stop = () => {
    taking.current = false;
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!taking.current || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      stop();
      onEscape();
    } else if (event.key === "Enter") setEntered(true);
    else if (event.key === "Backspace") setText((before) => before.slice(0, -1));
    else if (event.key.length === 1) setText((before) => before + event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listen, { capture: true });
    return () => document.removeEventListener("keydown", listen, { capture: true });
  }, []);
  const take = () => {
    setText("");
    setEntered(false);
    taking.current = true;
  };
  return { text, setText, entered, onEntered: () => setEntered(false), take, stop };
}
