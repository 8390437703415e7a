"""What the desk shows stays on the desk: no page of it lies in a cache, nor comes back by «Back» after signing out."""

DESK = "/meja/"


class NoStoreMiddleware:
    """Forbid every cache, the browser's too, to keep an answer of the desk."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(DESK) and "no-store" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "no-store"
        return response
