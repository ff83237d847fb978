-- Codes are composed (NFC) from here on, so that "é" as one character and as two is one code. A code
-- whose composed form is taken keeps its spelling: no two things become one.
DO $$
BEGIN
  -- Only there can Postgres compose; elsewhere there are no such characters.
  IF current_setting('server_encoding') <> 'UTF8' THEN
    RETURN;
  END IF;
  UPDATE devices SET code = composed.code FROM (
    SELECT id, normalize(code, NFC) AS code, count(*) OVER (PARTITION BY normalize(code, NFC)) AS alike
    FROM devices
  ) composed
  WHERE composed.id = devices.id AND alike = 1 AND composed.code <> devices.code
    AND char_length(composed.code) <= 128;
  UPDATE zones SET code = composed.code FROM (
    SELECT id, normalize(code, NFC) AS code,
           count(*) OVER (PARTITION BY facility_id, normalize(code, NFC)) AS alike
    FROM zones
  ) composed
  WHERE composed.id = zones.id AND alike = 1 AND composed.code <> zones.code
    AND char_length(composed.code) <= 128;
  UPDATE facilities SET code = composed.code FROM (
    SELECT id, normalize(code, NFC) AS code, count(*) OVER (PARTITION BY normalize(code, NFC)) AS alike
    FROM facilities
  ) composed
  WHERE composed.id = facilities.id AND alike = 1 AND composed.code <> facilities.code
    AND char_length(composed.code) <= 128;
END
$$;
