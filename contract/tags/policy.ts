// The rights of `tags` with the Tagging API: those of the tag compliance exporter, so that its roles can stay as they are. Pure.

/** Of the role in every account. GetResources alone is called. */
export const tagRoleActions: readonly string[] = ['tag:GetResources', 'tag:GetTagKeys', 'tag:GetTagValues'];

/** Of whoever starts the scan. */
export const tagCallerActions: readonly string[] = ['sts:AssumeRole', 'tag:GetResources'];
