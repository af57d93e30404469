// The bucket as the orchestrator needs it: manifests, latest.json, and upload records of pods that are gone.

export interface StoredText {
  readonly text: string;
  readonly etag: string;
}

export interface ResultStore {
  readonly putText: (key: string, text: string) => Promise<void>;
  /** undefined when there is no such object. */
  readonly getText: (key: string) => Promise<StoredText | undefined>;
  /** Writes only when the object still has this etag, or still does not exist (null). */
  readonly putTextIfUnchanged: (key: string, text: string, etag: string | null) => Promise<'written' | 'conflict'>;
  /** `s3://bucket`, for messages. */
  readonly place: string;
}
