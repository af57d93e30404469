// Metrics of this process as every Prometheus client has them: CPU, memory, file descriptors, event loop, garbage collection.
import { collectDefaultMetrics, type OpenMetricsContentType, Registry } from 'prom-client';

export interface ProcessMetrics {
  /** In Prometheus' text format, or in OpenMetrics without its end. */
  readonly render: (format: 'text' | 'openmetrics') => Promise<string>;
}

/** Once in a process: it begins to observe the event loop. */
export const observeProcess = (): ProcessMetrics => {
  const text = new Registry();
  const openmetrics = new Registry<OpenMetricsContentType>();
  openmetrics.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  collectDefaultMetrics({ register: text });
  for (const metric of text.getMetricsAsArray()) openmetrics.registerMetric(metric as never);
  return {
    render: async format =>
      format === 'text' ? await text.metrics() : (await openmetrics.metrics()).replace(/# EOF\n?$/, ''),
  };
};
