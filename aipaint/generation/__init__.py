"""The main job: options, crop, request, job, candidate, layer."""
