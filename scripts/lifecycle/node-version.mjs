const OLDEST = { major: 20, minor: 9 };

/**
 * @param {string} version like 20.9.0
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor);
}

/** Ends the process when this Node is too old; called before anything that it could not even parse. */
export function requireNode() {
  if (isNewEnough(process.versions.node)) return;
  console.error(
    `Smart Parking needs Node ${OLDEST.major}.${OLDEST.minor} or newer; this is ${process.version}. Get one at https://nodejs.org`,
  );
  process.exit(1);
}
