/** The board of a pipeline. */
export const boardPath = (pipelineId: string) => `/workspace/board?pipeline=${pipelineId}`;

export const dealPath = (id: string) => `/workspace/deals/${id}`;

/** All deals of a stage. */
export const stagePath = (stageId: string) => `/workspace/deals?stage=${stageId}`;
