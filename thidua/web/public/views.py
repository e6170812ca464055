"""Pages that anyone may read: home, blocs, search, help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what this is and every bloc."""
    return render(request, "base.html")


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Find by folded names."""
    return render(request, "base.html")


@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """Show the help."""
    return render(request, "base.html")
