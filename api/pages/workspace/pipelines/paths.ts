export const PIPELINES_PATH = '/workspace/pipelines';

/** Where a pipeline is edited. */
export const pipelinePath = (id: string) => `${PIPELINES_PATH}/${id}`;
