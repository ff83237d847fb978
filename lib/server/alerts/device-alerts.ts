import type { AlertLife, AlertTransitionKind, AlertType } from "@/lib/domain/alerts/alerting";

/** The alerts of one device while messages are applied to it. */
export class DeviceAlerts {
  readonly transitions: { alert: AlertLife; kind: AlertTransitionKind }[] = [];
  readonly changed = new Set<AlertLife>();

  constructor(readonly lives: Map<AlertType, AlertLife>) {}

  live(type: AlertType): AlertLife | null {
    const life = this.lives.get(type);
    return life && life.resolvedAt === null ? life : null;
  }

  /** Takes over a change; the transition keeps pointing at the alert as it ends up. */
  take(change: { alert: AlertLife; transition: AlertTransitionKind | null }): void {
    const kept = this.lives.get(change.alert.alertType);
    const alert = kept ? Object.assign(kept, change.alert) : change.alert;
    this.lives.set(alert.alertType, alert);
    this.changed.add(alert);
    if (change.transition) this.transitions.push({ alert, kind: change.transition });
  }
}
