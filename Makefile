PYTHON ?= python3
.DEFAULT_GOAL := help
.PHONY: help run test kills lint fmt bench pictures messages lock

help: ## danh sách này · this list
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 16

run: ## mở chương trình ở http://127.0.0.1:8000 · serve the program (PORT=…, DEMO=0)
	@exec $(PYTHON) -m scripts.run

test: ## chạy mọi phép thử · run everything that must hold before a commit
	@exec $(PYTHON) -m scripts.test

kills: ## giết tiến trình giữa chừng, nhiều vòng · kill processes in the middle (ROUNDS=100)
	@ROUNDS=$(or $(ROUNDS),100) exec $(PYTHON) -m scripts.test kills

lint: ## chỉ kiểm kiểu mã và các tầng · style, types and layers alone
	@exec $(PYTHON) -m scripts.test style format types layers

fmt: ## sửa những gì máy sửa được · mend what a machine can mend
	@$(PYTHON) -m scripts.environment dev
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

bench: ## đo tốc độ so với thước · measure speed against its yardsticks
	@$(PYTHON) -m scripts.environment dev
	@exec .venv/bin/python -m benchmarks.run

pictures: ## chụp mọi trang vào pictures/ · take a picture of every page
	@$(PYTHON) -m scripts.environment dev
	@exec .venv/bin/python -m scripts.pictures

messages: ## gom các câu cần dịch vào locale/ · gather the sentences to translate
	@$(PYTHON) -m scripts.environment dev
	@exec .venv/bin/python -m scripts.messages

lock: ## ghim lại requirements/*.txt · pin requirements/*.txt anew
	@exec $(PYTHON) -m scripts.lock
